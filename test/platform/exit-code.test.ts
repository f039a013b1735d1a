// What a script learns from an exit code alone.
import { expect, test } from "vitest";
import { AppError } from "../../src/platform/error.ts";
import { exitCodeOf } from "../../src/platform/exit-code.ts";
import { describeFailure } from "../../src/platform/failure.ts";

const refused = Object.assign(new Error("connect 127.0.0.1"), { code: "ECONNREFUSED" });

test.each([
  ["a fault of usage", new AppError("validation"), 2],
  ["something that is not there", new AppError("not-found"), 4],
  ["a conflict", new AppError("conflict"), 5],
  ["a load that was refused", new AppError("load-refused"), 5],
  ["a schema that is ahead", new AppError("schema-ahead"), 5],
  ["a foreign key ring", new AppError("key-ring"), 7],
  ["a log that was set back", new AppError("log-set-back"), 7],
  ["a database that is not there", refused, 75],
  ["a bug", new TypeError("x is not a function"), 1],
  ["a thrown text", "text", 1],
])("%s", (_, error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

test("a failure is told in both languages, with its note and every faulty field", () => {
  const faults = [{ pointer: "#/name", code: "too_short" as const }];
  expect(describeFailure(new AppError("validation", { note: "one", faults }))).toBe(
    "请求内容有误 · The request has faults: one\n  #/name must not be empty",
  );
  expect(describeFailure(refused)).toMatch(/^暂时无法核查.* · Cannot tell now.*: ECONNREFUSED$/);
});

test("an unexpected failure is told without its message", () => {
  const told = describeFailure(new TypeError("110101190001010014 is not a function"));
  expect(JSON.parse(told)).toMatchObject({ type: "TypeError", stack: expect.arrayContaining([expect.any(String)]) });
  expect(told).not.toContain("110101190001010014");
});
