// The group statement without the public log: what bench/log.ts compares with. It is the product's own text with the log's
// pieces cut out, so that nothing else can differ.
import { appendGroupSql } from "../../src/audit/index.ts";
import { FACT_JSON, FACT_PARTS, GROUP_STATEMENT } from "../../src/checks/statement.ts";

export const UNLOGGED_STATEMENT = [
  `,${FACT_PARTS}`,
  " s.salt,",
  `,
    sha256(s.salt || convert_to(${FACT_JSON}, 'UTF8')) as commitment`,
  `
  cross join lateral (select decode(f.said[11], 'hex') as salt offset 0) s`,
  ` logged as (
  ${appendGroupSql("check", "answered")}
),`,
  ", salt, log_group, log_place",
  ", a.salt, logged.id, a.place",
  `
  cross join logged`,
].reduce(cut, GROUP_STATEMENT);

function cut(text: string, piece: string): string {
  if (text.split(piece).length !== 2) throw new Error(`the group statement does not hold exactly once: ${piece}`);
  return text.replace(piece, () => "");
}
