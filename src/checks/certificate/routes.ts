// Certificates over HTTP: one check, or one sheet for a whole batch; for the agency that asked.
import { type Callers, requireScope } from "../../agencies/index.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { createRoute, newRouter, problems, type RequestContext, z } from "../../platform/http.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { type Certified, issueCertificate } from "./certificate.ts";
import { CERTIFICATE_POLICY, certificatePage } from "./certificate-page.ts";

const security = [{ apiKey: ["checks:read"] }];
const responses = {
  200: { description: "The certificate, ready to print", content: { "text/html": { schema: z.string() } } },
  ...problems("unauthenticated", "scope", "not-found", "erased", "register-unavailable"),
};
const description =
  "A page for A4 that needs nothing but itself. Its verification code is confirmed at `/verify`. Issuing it is on record; " +
  "issued again, it has the same code and date.";

const getCertificate = createRoute({
  operationId: "getCertificate",
  method: "get",
  path: "/checks/{id}/certificate",
  tags: ["checks"],
  summary: "打印核查凭证 · The certificate of a check",
  description,
  security,
  request: { params: z.object({ id: z.string().openapi({ example: "chk_01jd8m2v0q7f4t9s6k3n5r8w2x" }) }) },
  responses,
});

const getBatchCertificate = createRoute({
  operationId: "getBatchCertificate",
  method: "get",
  path: "/batches/{id}/certificate",
  tags: ["checks"],
  summary: "打印批量核查凭证（一次开标一张） · One certificate of all checks of a batch",
  description,
  security,
  request: { params: z.object({ id: z.string().openapi({ example: "bat_01jd8m2v0q7f4t9s6k3n5r8w2x" }) }) },
  responses,
});

export const certificateOperations = [getCertificate, getBatchCertificate];

export type CertificateRoutesOptions = {
  db: Database;
  ring: KeyRing;
  callers: Callers;
  demonstration: boolean;
  /** The address that is printed; null for the one that was asked under. */
  publicUrl: string | null;
};

export function certificateRoutes({ db, ring, callers, demonstration, publicUrl }: CertificateRoutesOptions) {
  const router = newRouter();
  router.openapi(getCertificate, (c) => answer(c, "check", uuidOf("chk", c.req.valid("param").id)));
  router.openapi(getBatchCertificate, (c) => answer(c, "batch", uuidOf("bat", c.req.valid("param").id)));
  return router;

  async function answer(c: RequestContext, kind: Certified["kind"], subjectId: string | null) {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, "checks:read");
    if (subjectId === null) throw new AppError("not-found");
    const { agencyId, keyId } = caller;
    const actor = `agency:${publicId("agy", agencyId)}/${keyId}`;
    const certificate = await db.transaction((tx) => issueCertificate(tx, ring, actor, { kind, agencyId, subjectId }));
    const address = publicUrl ?? new URL(c.req.url).origin;
    return c.html(certificatePage(certificate, { ring, address, demonstration }), 200, {
      "Cache-Control": "no-store",
      "Content-Disposition": `inline; filename="${certificate.id}.html"`,
      "Content-Security-Policy": CERTIFICATE_POLICY,
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    });
  }
}
