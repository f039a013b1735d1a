// The version of a row as an entity tag (RFC 9110 §8.8.3): strong, so that a write knows what it was based on.
import { AppError } from "./error.ts";

const TAG = /^"v(\d{1,9})"$/;

export function versionTag(version: number): string {
  return `"v${version}"`;
}

/** The one version that `If-Match` names; a weak tag or a list of tags names none that is current. */
export function readVersion(ifMatch: string | undefined): number {
  if (ifMatch === undefined) throw new AppError("precondition-required");
  const [, version] = TAG.exec(ifMatch.trim()) ?? [];
  if (version === undefined) throw new AppError("precondition-failed");
  return Number(version);
}
