// A witness over HTTP, as c2sp.org/tlog-witness has it: logs submit checkpoints, monitors read what was cosigned.
import { bodyLimit } from "hono/body-limit";
import { newRouter } from "../../platform/http.ts";
import type { Logger } from "../../platform/log.ts";
import { REFUSAL_STATUS } from "../log/index.ts";
import type { Witness } from "./witness.ts";

/** Of a log with 64 signatures and a proof of 63 hashes; a checkpoint of ours has 500 bytes. */
const BODY_BYTES_MAX = 64 * 1024;

export type WitnessRoutesOptions = {
  witness: Witness;
  log: Logger;
  /** What could not be written or decided: the witness is not to go on. */
  fail: (error: unknown) => void;
};

export function witnessRoutes({ witness, log, fail }: WitnessRoutesOptions) {
  const router = newRouter();
  const limit = bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (c) => c.text("too large\n", 413) });

  router.post("/add-checkpoint", limit, async (c) => {
    const answer = witness.answer(Buffer.from(await c.req.arrayBuffer()));
    if (answer.ok) return c.text(answer.cosignature);
    const status = REFUSAL_STATUS[answer.refusal];
    if (status === 409) return c.body(`${answer.size}\n`, status, { "Content-Type": "text/x.tlog.size" });
    return c.text(`${answer.refusal}\n`, status);
  });

  router.get("/:log{[0-9a-f]{64}}/checkpoint", (c) => {
    const note = witness.findCheckpoint(c.req.param("log"));
    return note === null ? c.notFound() : c.text(note, 200, { "Cache-Control": "public, max-age=1" });
  });

  router.onError((error, c) => {
    log.fatal({ err: error }, "the witness ends");
    fail(error);
    return c.text("out of service\n", 503);
  });
  router.notFound((c) => c.text("not found\n", 404));

  return router;
}
