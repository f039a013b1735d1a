// One attempt over HTTP: to an address that was checked and no other, once, with an end to time and to what is read.
import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { databaseCode } from "../../platform/database.ts";
import { withDeadline } from "../../platform/deadline.ts";
import { type Now, systemNow } from "../../platform/time.ts";
import { readReply } from "./reply.ts";
import type { Attempt, AttemptOutcome } from "./retry.ts";
import { type Address, isReachable, literalOf, type Resolve, resolveHost, type Targets } from "./target.ts";

/** From the first question to the name servers to the last byte that is read. */
const ATTEMPT_MS_MAX = 15_000;
const HEADER_BYTES_MAX = 16_384;
const TLS_FAULT = /CERT|TLS|SSL|EPROTO|UNABLE_TO/;

export type Message = { url: string; headers: Record<string, string>; body: string };
export type Sender = (message: Message) => Promise<Attempt>;
export type SenderOptions = { targets: Targets; now?: Now; resolve?: Resolve; attemptMsMax?: number };

class AttemptFault extends Error {
  readonly outcome: AttemptOutcome;

  constructor(outcome: AttemptOutcome) {
    super(outcome);
    this.outcome = outcome;
  }
}

export function createSender(options: SenderOptions): Sender {
  const { targets, now = systemNow, resolve = resolveHost, attemptMsMax = ATTEMPT_MS_MAX } = options;

  return async (message) => {
    const startedAt = performance.now();
    const deadline = new AbortController();
    const attempt = attemptOn(message, deadline.signal);
    const late = () => {
      deadline.abort();
      return new AttemptFault("timeout");
    };
    const answer = await withDeadline(attempt, attemptMsMax, late).catch(answerOfFault);
    return { ...answer, ms: Math.round(performance.now() - startedAt) };
  };

  async function attemptOn(message: Message, signal: AbortSignal): Promise<Omit<Attempt, "ms">> {
    const url = new URL(message.url);
    const response = await post(url, await reachableAddresses(url.hostname, signal), message, signal);
    const { statusCode: status = 0, headers } = response;
    const isDone = status >= 200 && status < 300;
    const retryAfterSeconds = secondsOf(headers["retry-after"], now());
    return { outcome: isDone ? "delivered" : "refused", status, retryAfterSeconds, reply: await readReply(response) };
  }

  /** A name with one private address among public ones is not trusted with any. */
  async function reachableAddresses(host: string, signal: AbortSignal): Promise<Address[]> {
    const literal = literalOf(host);
    const addresses = literal ? [literal] : await resolve(host, signal).catch(() => []);
    if (addresses.length === 0) throw new AttemptFault("name_unknown");
    if (!addresses.every((address) => isReachable(targets, address))) throw new AttemptFault("address_refused");
    return addresses;
  }
}

/** Redirects are answers like any other that is no success: node follows none. */
function post(
  url: URL,
  addresses: readonly Address[],
  { headers, body }: Message,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  const lookup = pinnedTo(addresses);
  const options = { method: "POST", agent: false, signal, headers, lookup, maxHeaderSize: HEADER_BYTES_MAX };
  const request = send(url, options, resolve);
  request.on("error", reject);
  // Without a listener node closes the connection and tells nobody.
  request.on("upgrade", (response, socket) => {
    socket.destroy();
    resolve(response);
  });
  request.end(body);
  return promise;
}

/** The connection's own look-up: what was checked, so that a name cannot mean something else by now (DNS rebinding). */
function pinnedTo(addresses: readonly Address[]): LookupFunction {
  return (_host, { all }, done) => {
    const [first] = addresses;
    if (all) done(null, [...addresses]);
    else done(null, first?.address ?? "", first?.family);
  };
}

function answerOfFault(error: unknown): Omit<Attempt, "ms"> {
  const none = { status: null, reply: null, retryAfterSeconds: null };
  if (error instanceof AttemptFault) return { ...none, outcome: error.outcome };
  return { ...none, outcome: TLS_FAULT.test(databaseCode(error) ?? "") ? "tls" : "unreachable" };
}

/** Retry-After in either form (RFC 9110 §10.2.3). */
function secondsOf(retryAfter: string | undefined, at: Date): number | null {
  if (retryAfter === undefined) return null;
  const seconds = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - at.getTime()) / 1_000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}
