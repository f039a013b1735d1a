// Loaded before the service (`--import`): its wall clock is off by the milliseconds that a file says, read anew all the time.
// What measures durations is left alone, as it is by an operator who sets the clock.
import { readFileSync } from "node:fs";

const file = process.env["CLOCK_OFFSET_FILE"] ?? "";
const LOOK_MS = 50;
const RealDate = Date;
let offsetMs = 0;

function look(): void {
  offsetMs = Number(readFileSync(file, "utf8"));
}
look();
setInterval(look, LOOK_MS).unref();

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], self) =>
    Reflect.construct(target, given.length === 0 ? [RealDate.now() + offsetMs] : given, self) as object,
  get: (target, name) => (name === "now" ? () => RealDate.now() + offsetMs : (Reflect.get(target, name) as unknown)),
});
