export type { AssociationsPage } from "../../api/image-associations.ts";
export { associationRoutes } from "./association-routes.ts";
