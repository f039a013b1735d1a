// Security keys and what browsers say of them, as they go over the wire (WebAuthn Level 3 §5.1.8–9: the JSON of its types).
import { z } from "../../../platform/http.ts";
import { publicId } from "../../../platform/id.ts";
import { shanghaiTime } from "../../../platform/time.ts";
import type { SecurityKeyRow } from "./queries.ts";

const NAME_LENGTH_MAX = 40;
/** An attestation, which may hold certificates, is the longest. */
const BYTES_LENGTH_MAX = 6_000;
const CREDENTIAL_ID_LENGTH_MAX = 1_400;

const bytes = z
  .string()
  .max(BYTES_LENGTH_MAX)
  .regex(/^[\w-]*$/);
const credentialId = bytes.max(CREDENTIAL_ID_LENGTH_MAX).min(1);
const extensions = z.object({}).loose();
/** Left out by some browsers. */
const attachment = z.enum(["platform", "cross-platform"]).optional();

export const Assertion = z
  .strictObject({
    id: credentialId,
    rawId: credentialId,
    type: z.literal("public-key"),
    response: z.strictObject({
      clientDataJSON: bytes,
      authenticatorData: bytes,
      signature: bytes,
      userHandle: bytes.nullish(),
    }),
    clientExtensionResults: extensions,
    authenticatorAttachment: attachment,
  })
  .openapi("SecurityKeyAssertion");

export const Attestation = z
  .strictObject({
    id: credentialId,
    rawId: credentialId,
    type: z.literal("public-key"),
    // What browsers add is also inside the attestation, and read from there.
    response: z.object({ clientDataJSON: bytes, attestationObject: bytes }),
    clientExtensionResults: extensions,
    authenticatorAttachment: attachment,
  })
  .openapi("SecurityKeyAttestation");

export const KeyName = z.string().min(1).max(NAME_LENGTH_MAX).openapi({ description: "What its owner calls it" });

const parameters = z.array(z.object({ type: z.literal("public-key"), alg: z.int() }));
const known = z.array(z.object({ type: z.literal("public-key"), id: z.string() }));

export const CreationOptions = z
  .object({
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    challenge: z.string(),
    pubKeyCredParams: parameters,
    timeout: z.int(),
    excludeCredentials: known,
    authenticatorSelection: z.object({
      residentKey: z.literal("required"),
      requireResidentKey: z.boolean(),
      userVerification: z.literal("preferred"),
    }),
    attestation: z.literal("none"),
  })
  .openapi("SecurityKeyCreationOptions");

export const RequestOptions = z
  .object({
    challenge: z.string(),
    rpId: z.string(),
    timeout: z.int(),
    allowCredentials: z.array(z.string()).openapi({ description: "Empty: keys of this kind know their credentials" }),
    userVerification: z.literal("preferred"),
  })
  .openapi("SecurityKeyRequestOptions");

export const SecurityKeyView = z
  .object({
    id: z.string().openapi({ example: "hwk_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
    name: z.string(),
    host: z.string().openapi({ description: "The host of the service that it was made for" }),
    createdAt: z.iso.datetime({ offset: true }),
    lastUsedAt: z.iso.datetime({ offset: true }).nullable(),
  })
  .openapi("SecurityKey");

export function securityKeyView({ id, name, host, createdAt, lastUsedAt }: SecurityKeyRow) {
  return {
    id: publicId("hwk", id),
    name,
    host,
    createdAt: shanghaiTime(createdAt),
    lastUsedAt: lastUsedAt && shanghaiTime(lastUsedAt),
  };
}
