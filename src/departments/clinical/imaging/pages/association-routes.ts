import { answers, type Context } from "#access";
import { ok, type Route } from "#kernel";
import type { AssociationsPage } from "../../api/image-associations.ts";

/** Who is connected by DICOM now. */
export function associationRoutes(associations: () => AssociationsPage): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/clinical/images/associations",
      policy: "images.keep",
      summary: "The associations that other DICOM nodes have open now",
      handle: answers(async () => ok(associations())),
    },
  ];
}
