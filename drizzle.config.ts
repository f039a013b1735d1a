// Migrations are generated from the modules' schemas: npm run migration -- NAME.
import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: ["./src/*/schema.ts", "./src/*/*/schema.ts"],
  out: "./drizzle",
  migrations: { prefix: "index" },
});
