// The description of the operations on certificates.
import { problems, z } from "../../platform/http.ts";

const security = [{ apiKey: ["checks:read"] }];
const responses = {
  200: { description: "The certificate, ready to print", content: { "text/html": { schema: z.string() } } },
  ...problems("unauthenticated", "scope", "not-found", "erased", "register-unavailable"),
};
const description =
  "A page for A4 that needs nothing but itself. Its verification code is confirmed at `/verify`. Issuing it is on record; " +
  "issued again, it has the same code and date.";

export const getCertificate = {
  operationId: "getCertificate",
  method: "get" as const,
  path: "/checks/{id}/certificate",
  tags: ["checks"],
  summary: "打印核查凭证 · The certificate of a check",
  description,
  security,
  request: { params: z.object({ id: z.string().openapi({ example: "chk_01jd8m2v0q7f4t9s6k3n5r8w2x" }) }) },
  responses,
};

export const getBatchCertificate = {
  operationId: "getBatchCertificate",
  method: "get" as const,
  path: "/batches/{id}/certificate",
  tags: ["checks"],
  summary: "打印批量核查凭证（一次开标一张） · One certificate of all checks of a batch",
  description,
  security,
  request: { params: z.object({ id: z.string().openapi({ example: "bat_01jd8m2v0q7f4t9s6k3n5r8w2x" }) }) },
  responses,
};

export const certificateOperations = [getCertificate, getBatchCertificate];
