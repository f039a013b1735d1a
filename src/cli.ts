// The command line: npm run -s shixin -- COMMAND. What runs for long makes way for checks before it loads its modules.
import { lowerProcess } from "./platform/priority.ts";

const [area, act] = process.argv.slice(2);
if (area === "feed" && act === "import") lowerProcess();
await import("./commands.ts");
