// From the fields of a draft's form to what the API reads of it: the lists that were ticked, the checklist, the term.

type Values = Record<string, unknown>;

const BARS = ["security_given", "property_controlled", "later_in_order", "not_refusing"];
const answers: Readonly<Record<string, boolean>> = { present: true, absent: false };

/** The form asks each bar as present, absent or not looked into. */
export function checklistOf(given: unknown): Values {
  const said = isValues(given) ? given : {};
  return Object.fromEntries(BARS.map((bar) => [bar, answers[String(said[bar])] ?? null]));
}

/** Months, reason and start are those of a fixed term; of an open one they are left in the form, and not sent. */
export function termOf(given: unknown): Values {
  const { kind, ...rest } = isValues(given) ? given : {};
  return kind === "fixed" ? { kind, ...rest } : { kind: kind ?? "open" };
}

/** A whole form: of each party only what is drawn up about it. */
export function draftOf({ parties, ...rest }: Values): Values {
  const given = Array.isArray(parties) ? parties.filter(isValues) : [];
  return { ...rest, parties: given.map(partyOf) };
}

function partyOf({ lists, listing, limit, ...party }: Values): Values {
  const wanted = Array.isArray(lists) ? lists : [];
  return {
    ...party,
    ...(wanted.includes("dishonest") && { listing: listingOf(isValues(listing) ? listing : {}) }),
    ...(wanted.includes("consumption_limit") && { limit: limitOf(isValues(limit) ? limit : {}) }),
  };
}

function listingOf({ checklist, term, ...listing }: Values): Values {
  return { ...listing, checklist: checklistOf(checklist), term: termOf(term) };
}

/** The unit is chosen by its place in the form (`party:0`) or by its limit (`lst_…`). A debtor has none. */
function limitOf({ capacity, unit }: Values): Values {
  if (capacity === undefined || capacity === "debtor" || typeof unit !== "string") return { capacity };
  const [, place] = /^party:(\d{1,2})$/.exec(unit) ?? [];
  return { capacity, unit: place === undefined ? { listing: unit } : { party: Number(place) } };
}

function isValues(given: unknown): given is Values {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}
