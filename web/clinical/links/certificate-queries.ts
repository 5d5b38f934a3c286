import { queryOptions } from "@tanstack/react-query";
import type { CertificatesPage } from "#departments/clinical/api";
import { getJson } from "../../parts/request/request.ts";

/** Files of certificates change by the month. */
export const certificatesQuery = queryOptions({
  queryKey: ["clinical", "certificates"],
  queryFn: ({ signal }) => getJson<CertificatesPage>("/api/clinical/certificates", signal),
  refetchInterval: 10 * 60_000,
});
