// Signing over HTTP: both factors once, then every draft of the list by itself.
import { appendAudit } from "../../audit/index.ts";
import { type Reached, type SignInDependencies, stepUpIn } from "../../courts/accounts/index.ts";
import { auditNameOf, type Door } from "../../courts/index.ts";
import { answerJson, newRouter, type Router } from "../../platform/http.ts";
import { readBody } from "../../platform/json-request.ts";
import { languageOf } from "../../platform/language.ts";
import type { Language } from "../../platform/problem-catalogue.ts";
import { problemDocument } from "../../platform/problem.ts";
import { readDocuments } from "../reading.ts";
import { summaryView } from "../resource.ts";
import { BODY_KIB_MAX, NewSigning, postSigning } from "./operations.ts";
import { type Signed, signListings } from "./signing.ts";

const BODY_BYTES_MAX = BODY_KIB_MAX * 1024;

export type SigningRoutesOptions = SignInDependencies & Reached & { door: Door };

export function signingRoutes(options: SigningRoutesOptions): Router {
  const { db, door, now } = options;
  const router = newRouter();

  router.post("/listings/decide-batch", door.requireCourt(postSigning), door.requireSession(postSigning), async (c) => {
    const { actor, signedIn } = c.var;
    const { items, ...factors } = await readBody(c, NewSigning, BODY_BYTES_MAX);
    const { cookie } = await stepUpIn(c, options, signedIn, factors, (tx) =>
      appendAudit(tx, {
        actor: auditNameOf(actor),
        action: "listing.sign",
        subject: actor.id,
        detail: { listings: items.map(({ listing }) => listing) },
      }),
    );
    const signed = await signListings(db, actor, items, now);
    const language = languageOf(c.req.header("accept-language"));
    const results = await Promise.all(signed.map((each) => resultView(each, language)));
    return answerJson({ results }, 200, { "Set-Cookie": cookie });
  });

  return router;

  async function resultView(signed: Signed, language: Language) {
    if ("listing" in signed) {
      const [found] = await readDocuments(db, [{ listing: signed.listing, exit: null }]);
      return {
        status: "decided" as const,
        listing: summaryView({ listing: signed.listing, exit: null }, found?.documents ?? []),
      };
    }
    const { code, detail } = signed.refused;
    const { refusal } = detail;
    const said = refusal && {
      detail: refusal.reason[language],
      refusal: { code: refusal.code, article: refusal.article },
    };
    return {
      status: "refused" as const,
      listing: signed.given,
      problem: { ...problemDocument(code, language, detail.faults), ...said },
    };
  }
}
