// The members of an object that are there: what a request leaves out, it leaves as it is.
export type Stated<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

export function stated<T extends object>(values: T): Stated<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Stated<T>;
}
