// A security key and the browser before it, in software: CTAP2's ES256 credentials with attestation "none", by WebAuthn
// Level 3 §6.1 and §6.5. It signs for whatever page it is told to be on, which a browser would not.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

const USER_PRESENT = 0x01;
const ATTESTED = 0x40;

export type CreationOptions = { challenge: string; rp: { id: string } };
export type RequestOptions = { challenge: string; rpId: string };
export type Deviation = {
  /** The page that the browser shows. */
  origin?: string;
  /** The host that the key signs for. */
  host?: string;
  challenge?: string;
  flags?: number;
  counter?: number;
};

export function newAuthenticator(page: string, { counts = true }: { counts?: boolean } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(32);
  let signatures = 0;
  const next = () => (counts ? ++signatures : 0);

  const answer = <Response>(response: Response) => ({
    id: id.toString("base64url"),
    rawId: id.toString("base64url"),
    type: "public-key",
    response,
    clientExtensionResults: {},
    authenticatorAttachment: "cross-platform",
  });

  return {
    /** What `navigator.credentials.create` gives. */
    create({ challenge, rp }: CreationOptions, over: Deviation = {}) {
      const { origin = page, host = rp.id, flags = USER_PRESENT | ATTESTED } = over;
      const clientData = clientDataOf("webauthn.create", over.challenge ?? challenge, origin);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const credential = Buffer.concat([Buffer.alloc(16), length, id, coseKey(publicKey)]);
      const authData = Buffer.concat([authenticatorData(host, flags, over.counter ?? next()), credential]);
      return answer({
        clientDataJSON: clientData.toString("base64url"),
        attestationObject: attestationOf(authData).toString("base64url"),
        transports: ["usb"],
      });
    },
    /** What `navigator.credentials.get` gives. */
    get({ challenge, rpId }: RequestOptions, over: Deviation = {}) {
      const { origin = page, host = rpId, flags = USER_PRESENT } = over;
      const clientData = clientDataOf("webauthn.get", over.challenge ?? challenge, origin);
      const authData = authenticatorData(host, flags, over.counter ?? next());
      const signed = Buffer.concat([authData, createHash("sha256").update(clientData).digest()]);
      return answer({
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: sign("sha256", signed, privateKey).toString("base64url"),
        userHandle: null,
      });
    },
  };
}

export type Authenticator = ReturnType<typeof newAuthenticator>;

function clientDataOf(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function authenticatorData(host: string, flags: number, counter: number): Buffer {
  const tail = Buffer.alloc(5);
  tail.writeUInt8(flags);
  tail.writeUInt32BE(counter, 1);
  return Buffer.concat([createHash("sha256").update(host).digest(), tail]);
}

/** RFC 9053 §7.1.1: kty 2, alg -7, crv 1, x, y. */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const parts = ["a5010203262001215820", Buffer.from(x, "base64url").toString("hex"), "225820"];
  return Buffer.concat([Buffer.from(parts.join(""), "hex"), Buffer.from(y, "base64url")]);
}

/** CBOR of `{ fmt: "none", attStmt: {}, authData }`. */
function attestationOf(authData: Buffer): Buffer {
  const text = (name: string) => Buffer.concat([Buffer.from([0x60 + name.length]), Buffer.from(name)]);
  const length = Buffer.from([0x58, authData.length]);
  const members = [text("fmt"), text("none"), text("attStmt"), Buffer.from([0xa0]), text("authData"), length, authData];
  return Buffer.concat([Buffer.from([0xa3]), ...members]);
}
