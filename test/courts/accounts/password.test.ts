// Passwords: argon2id with OWASP's parameters, and the kinds that guessers try first.
import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isGuessable } from "../../../src/courts/accounts/guessable-password.ts";
import { requirePassword } from "../../../src/courts/accounts/new-password.ts";
import { createPasswordHasher } from "../../../src/courts/accounts/password.ts";
import { AppError } from "../../../src/platform/error.ts";

const pepper = createSecretKey(randomBytes(32));
const hasher = createPasswordHasher(pepper);
const password = "鹭江道上看夜色 2026";

describe("a hash", () => {
  test("is argon2id with at least OWASP's parameters, and salted", async () => {
    const [first, second] = await Promise.all([hasher.hash(password), hasher.hash(password)]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(second).not.toBe(first);
  });

  test("knows its password, in either Unicode form, and no other", async () => {
    const phc = await hasher.hash("Café de l'estuaire");
    expect(await hasher.verify("Café de l'estuaire".normalize("NFD"), phc)).toBe(true);
    expect(await hasher.verify("Cafe de l'estuaire", phc)).toBe(false);
  });

  test("is of no use without the key ring's pepper", async () => {
    const other = createPasswordHasher(createSecretKey(randomBytes(32)));
    expect(await other.verify(password, await hasher.hash(password))).toBe(false);
  });

  test("of nobody is computed like any other, and fits nothing", async () => {
    expect(await hasher.verify(password, hasher.nobody)).toBe(false);
  });

  test("that would wait behind fifty others is refused at once", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => hasher.verify(password, hasher.nobody)));
    const refused = outcomes.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(8);
    expect(refused.map((outcome) => "reason" in outcome && (outcome.reason as AppError).code)).toEqual(
      refused.map(() => "temporary-reduced-capacity"),
    );
    expect(await hasher.verify(password, hasher.nobody)).toBe(false);
  });
});

describe("a new password (ASVS 6.2.1, 6.2.4, 6.2.5)", () => {
  const account = { login: "shen.banli", name: "审办理" };
  const faultOf = (password: string) => {
    try {
      requirePassword("#/password", password, account);
      return null;
    } catch (error) {
      return (error as AppError).detail.faults?.[0]?.code;
    }
  };

  test.each([
    ["of eleven characters", "k7#vTq9!mZx", "password_too_short"],
    ["of twelve", "k7#vTq9!mZxw", null],
    ["of twelve Chinese characters", "春江潮水连海平海上明月共", null],
    ["of words that are common alone, put together", "Password1234", "password_too_common"],
    ["with figures for letters", "P@ssw0rd2026!", "password_too_common"],
    ["that walks over the keyboard", "1qaz2wsx3edc", "password_too_common"],
    ["that walks back", "0987654321poiuy", "password_too_common"],
    ["of one unit repeated", "xk9xk9xk9xk9xk9", "password_too_common"],
    ["of digits, as a telephone number or a birthday is", "1390000000012", "password_too_common"],
    ["made of the login", "shen.banli.2026", "password_too_common"],
    ["made of the trade", "xiamen-fayuan-2026", "password_too_common"],
    ["without digits, capitals or signs", "correct horse battery staple", null],
    ["of 256 characters", "kq7 ".repeat(60).slice(0, 200) + "vmwzt jxbl pqrdu".repeat(3) + "zzkqvmwj", null],
    ["of 257 characters", `kqvm${"x7".repeat(127)}`.slice(0, 257), "too_long"],
  ])("%s", (_, password, fault) => {
    expect(faultOf(password)).toBe(fault);
  });

  test("of the ten thousand most common, none of twelve characters or more is taken (ASVS 6.2.12)", () => {
    // The 25 of them, from the list of zxcvbn-ts.
    const common =
      "123qweasdzxc 1qaz2wsx3edc q1w2e3r4t5y6 1q2w3e4r5t6y mailcreated5240 qazwsxedcrfv 123456qwerty qwerty123456 " +
      "polniypizdec0211 sojdlg123aljg leavemealone motherfucker 123456654321 gfhjkmgfhjkm qazwsxedc123 ghjcnjgfhjkm " +
      "zxcasdqwe123 sonyericsson ghhh47hj7649 123456789qwe 1qazxsw23edc masterbating qwerasdfzxcv qweasdzxc123 flvbybcnhfnjh";
    expect(common.split(" ").filter((password) => !isGuessable(password))).toEqual([]);
  });

  test("drawn at random is never common", () => {
    const letters = fc.constantFrom(...Array.from("bdfghkmnpqrtvwxyzBDFGHKMNPQRTVWXYZ"));
    fc.assert(
      fc.property(fc.array(letters, { minLength: 24, maxLength: 40 }), (drawn) => {
        expect(isGuessable(drawn.join("")) && new Set(drawn).size > 8).toBe(false);
      }),
    );
  });
});
