// By what the public's search finds a listing, as SQL: the indexes of `listing` and the search's statement say it in the
// same words, because the planner compares the words.

/** Organisations are found by so many characters of their name in a row. */
export const PIECE_LENGTH = 3;
/** Brackets as they stand in match keys: a piece of a name is looked for without them. */
export const BRACKETS = "()[]{}〔〕【】《》「」";

export type Searched = {
  /** The match key of the published name. */
  name: string;
  /** The same without brackets. */
  text: string;
  /** Every three characters of `text` in a row, and what is left over at the ends. */
  pieces: string;
  /** What a search may be narrowed to: the list, the province by name or by its character in codes, the court. */
  marks: string;
  isPublished: string;
  /** A name of three characters is found whole; what is longer, or has another form, stands in the index of pieces. */
  hasPieces: string;
  /** The same, but for other forms of short names. */
  isLong: string;
};

/** Of a row under the alias `row`, or of the table that an index is on. */
export function searchedOf(row = ""): Searched {
  const column = (name: string) => (row === "" ? name : `${row}.${name}`);
  const name = `${column("name_keys")}[1]`;
  const text = `translate(${name}, '${BRACKETS}', '')`;
  const shifted = `${text} || '|' || substr(${text}, 2) || '|' || substr(${text}, 3)`;
  const isLong = `char_length(${column("name")}) > ${PIECE_LENGTH}`;
  return {
    name: `(${name})`,
    text,
    pieces: `string_to_array(regexp_replace(${shifted}, '([^|]{${PIECE_LENGTH}})', '\\1|', 'g'), '|')`,
    marks: `array[${column("list")}, ${column("area_name")}, left(${column("court_code")}, 1), coalesce(${column("competent_court")}, ${column("court_code")}), ${column("court_name")}]`,
    isPublished: `${column("state")} = 'published'`,
    hasPieces: `(${isLong} or cardinality(${column("name_keys")}) > 1)`,
    isLong,
  };
}
