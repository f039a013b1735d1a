// A log's tiles in memory: grown batch by batch, read by path, and only as wide as they were stored.
import { type Edge, EMPTY_EDGE, grow, type Hash, type TileAddress, tilePath } from "../../../src/audit/log/index.ts";

export class TileStore {
  edge: Edge = EMPTY_EDGE;
  readonly tiles = new Map<string, Buffer>();

  add(leaves: readonly Hash[]): void {
    const { edge, tiles } = grow(this.edge, leaves);
    this.edge = edge;
    for (const tile of tiles) this.tiles.set(tilePath(tile), tile.hashes);
  }

  read = (addresses: TileAddress[]): Promise<Buffer[]> => {
    return Promise.resolve(
      addresses.map((address) => {
        const tile = this.tiles.get(tilePath(address));
        if (!tile) throw new Error(`${tilePath(address)} was never stored`);
        return tile;
      }),
    );
  };
}
