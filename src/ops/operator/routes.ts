// The report on the service for who runs it: over HTTP, and as a page over the same operation.
import type { Door } from "../../courts/index.ts";
import { answerJson, newRouter, type Router } from "../../platform/http.ts";
import type { PageDoor } from "../../portal/index.ts";
import { INSIDE_HEADERS, insidePage, type OwnApi } from "../../ui/index.ts";
import { type OperatorOptions, readHealthReport } from "./health-report.ts";
import { getHealthReport, operatorOperations } from "./operations.ts";
import { operatorContent } from "./operator-page.ts";

export function operatorRoutes({ door, ...options }: OperatorOptions & { door: Door }): Router {
  const router = newRouter();
  for (const operation of operatorOperations) router.openAPIRegistry.registerPath(operation);
  router.get("/health-report", door.requireCourt(getHealthReport), async () =>
    answerJson(await readHealthReport(options)),
  );
  return router;
}

export type OperatorPagesOptions = { api: OwnApi; door: PageDoor; demonstration: boolean };

export function operatorPages({ api, door, demonstration }: OperatorPagesOptions): Router {
  const router = newRouter();

  router.get("/operator", door.enter(["system_admin", "security_admin"]), async (c) => {
    const content = operatorContent(await api.ask(c, getHealthReport));
    const links = [
      { href: "/operator", label: "运行情况" },
      { href: "/workbench", label: "法院工作台" },
    ];
    const frame = { title: "运行情况", area: { name: "平台运维", links }, current: "/operator", demonstration };
    return c.html(insidePage({ ...frame, reader: c.var.reader, content }), 200, INSIDE_HEADERS);
  });

  return router;
}
