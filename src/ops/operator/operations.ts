// The description of what the operator of the service reads in one look.
import { forCourt } from "../../courts/index.ts";
import { jsonResponse, problems, z } from "../../platform/http.ts";
import { backupStates } from "./backup.ts";

const instant = z.iso.datetime({ offset: true });

export const HealthReport = z
  .object({
    ready: z.boolean().openapi({ description: "As `/readyz` says it" }),
    findings: z.array(z.object({ name: z.string(), ok: z.boolean(), note: z.string().nullable() })),
    figures: z
      .array(
        z.object({
          name: z.string().openapi({ example: "shixin_clocks_overdue" }),
          help: z.string(),
          values: z.array(z.object({ labels: z.record(z.string(), z.string()), value: z.number() })),
        }),
      )
      .openapi({ description: "The gauges of `/metrics`, of the process that answers" }),
    checkpoint: z
      .object({ size: z.int(), at: instant })
      .nullable()
      .openapi({ description: "The newest of the public log; null while there is none" }),
    loads: z
      .array(
        z.object({
          id: z.string(),
          source: z.string(),
          state: z.string(),
          fileName: z.string(),
          startedAt: instant,
          failure: z.string().nullable(),
        }),
      )
      .openapi({ description: "The last ten of all sources" }),
    tables: z.array(
      z.object({
        name: z.string(),
        rows: z.number().nullable().openapi({ description: "Estimated" }),
        bytes: z.number().openapi({ description: "With indexes" }),
      }),
    ),
    backup: z
      .object({ state: z.enum(backupStates), at: instant.nullable() })
      .openapi({ description: "What the file that back-ups touch says" }),
  })
  .openapi("HealthReport");

export const getHealthReport = {
  operationId: "getHealthReport",
  method: "get" as const,
  path: "/health-report",
  tags: ["operation"],
  summary: "平台运行情况 · How the service is: readiness, log, queues, deadlines, loads, sizes, the last back-up",
  security: forCourt(["system_admin", "security_admin"]),
  responses: {
    200: jsonResponse("The report", HealthReport),
    ...problems("unauthenticated", "authority", "register-unavailable"),
  },
};

export const operatorOperations = [getHealthReport];
