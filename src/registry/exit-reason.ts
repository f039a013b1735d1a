// Why a load ended a listing: what a file says or leaves unsaid is no exit of the law, and has no operation.
export const ROLLED_BACK = "rolled back";
export const MISSING = "missing from snapshot";
export const REMOVED = "removed by the file";
export type FileEnd = typeof ROLLED_BACK | typeof MISSING | typeof REMOVED;
