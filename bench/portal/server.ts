// The server process of the search benchmark: the public's search behind a route without its limits.
import { connect } from "../../src/platform/database.ts";
import { newRouter, parseAs } from "../../src/platform/http.ts";
import { readJson } from "../../src/platform/json-request.ts";
import { readKeyRing } from "../../src/platform/key-ring.ts";
import { startServer } from "../../src/platform/server.ts";
import { SearchRequest } from "../../src/portal/search/request.ts";
import { createSearch, SEARCH_POOL } from "../../src/portal/search/search.ts";

const [databaseUrl = "", ringPath = ""] = process.argv.slice(2);
const search = createSearch({
  ...connect(databaseUrl, { name: "bench", ...SEARCH_POOL }),
  ring: readKeyRing(ringPath),
});
const app = newRouter();
app.post("/search", async (c) => c.json(await search(parseAs(SearchRequest, await readJson(c, 4096)))));

const server = await startServer(app, { host: "127.0.0.1", port: 0 });
process.send?.(server.url);
process.on("disconnect", () => process.exit(0));
