// Certificates over HTTP: one check, or one sheet for a whole batch; for the agency that asked.
import { type Callers, requireScope } from "../../agencies/index.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { createRoute, newRouter, type RequestContext } from "../../platform/http.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { type Certified, issueCertificate } from "./certificate.ts";
import { CERTIFICATE_POLICY, certificatePage } from "./certificate-page.ts";
import { getBatchCertificate, getCertificate } from "./operations.ts";

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
  router.openapi(createRoute(getCertificate), (c) => answer(c, "check", uuidOf("chk", c.req.valid("param").id)));
  router.openapi(createRoute(getBatchCertificate), (c) => answer(c, "batch", uuidOf("bat", c.req.valid("param").id)));
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
