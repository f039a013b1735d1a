// Gives a browser the one global of Node that the log's pure half names.
import { BrowserBuffer } from "./buffer.ts";

Object.assign(globalThis, { Buffer: BrowserBuffer });
