// Signatures of webhooks: by the published vector, and by what receivers verify them with.
import { createPublicKey, randomBytes, verify } from "node:crypto";
import fc from "fast-check";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { newKey, openKey } from "../../../src/subscriptions/webhooks/key.ts";
import {
  formatPublicKey,
  formatSecret,
  newSigningKeys,
  publicKeyOf,
  signMessage,
} from "../../../src/subscriptions/webhooks/signature.ts";
import { newRing } from "../../service.ts";

const published = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
  signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};
const spki = Buffer.from("302a300506032b6570032100", "hex");

/** Whether one of the `v1a` signatures is of this `whpk_` key. */
function isSignedBy(whpk: string, signatures: string, content: string): boolean {
  const raw = Buffer.from(whpk.replace(/^whpk_/, ""), "base64");
  const key = createPublicKey({ key: Buffer.concat([spki, raw]), format: "der", type: "spki" });
  const own = signatures.split(" ").filter((signature) => signature.startsWith("v1a,"));
  return own.some((signature) => verify(null, Buffer.from(content), key, Buffer.from(signature.slice(4), "base64")));
}

test("the published vector", () => {
  const secret = Buffer.from(published.secret.replace("whsec_", ""), "base64");
  const { id, timestamp, body } = published;
  const [first] = signMessage([{ secret, seed: randomBytes(32) }], id, timestamp, body).split(" ");
  expect(first).toBe(published.signature);
  expect(formatSecret(secret)).toBe(published.secret);
});

test("RFC 8032 §7.1 test 1: the public key of a seed", () => {
  const seed = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
  const publicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
  expect(publicKeyOf({ seed }).toString("hex")).toBe(publicKey);
});

describe("whatever is sent", () => {
  const now = Math.floor(Date.now() / 1_000);

  test("verifies with either key of either generation, and not once a byte differs", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string()), (data) => {
        const [old, current, stranger] = [newSigningKeys(), newSigningKeys(), newSigningKeys()];
        const body = JSON.stringify({ data });
        const signature = signMessage([current, old], "evt_1", now, body);
        const headers = { "webhook-id": "evt_1", "webhook-timestamp": String(now), "webhook-signature": signature };
        const content = `evt_1.${now}.${body}`;
        for (const keys of [old, current]) {
          expect(new Webhook(formatSecret(keys.secret)).verify(body, headers)).toEqual({ data });
          expect(isSignedBy(formatPublicKey(publicKeyOf(keys)), signature, content)).toBe(true);
        }
        expect(isSignedBy(formatPublicKey(publicKeyOf(stranger)), signature, content)).toBe(false);
        expect(isSignedBy(formatPublicKey(publicKeyOf(old)), signature, `${content} `)).toBe(false);
        expect(() => new Webhook(formatSecret(stranger.secret)).verify(body, headers)).toThrow(
          WebhookVerificationError,
        );
        expect(() => new Webhook(formatSecret(old.secret)).verify(`${body} `, headers)).toThrow(
          WebhookVerificationError,
        );
      }),
      { numRuns: 25 },
    );
  });
});

test("keys at rest open for their row only", () => {
  const ring = newRing();
  const { row, secret } = newKey(ring, { endpointId: "01890000-0000-7000-8000-000000000001", generation: 1 });
  expect(openKey(ring, row).secret).toEqual(secret);
  expect(publicKeyOf(openKey(ring, row))).toEqual(row.publicKey);
  expect(row.sealed.includes(secret)).toBe(false);
  expect(row.sealed.includes(secret.toString("base64"))).toBe(false);
  expect(() => openKey(ring, { ...row, generation: 2 })).toThrow(/authenticate/);
  expect(() => openKey(newRing(), row)).toThrow(/authenticate/);
});
