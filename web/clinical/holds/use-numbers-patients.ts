import { useQueries } from "@tanstack/react-query";
import type { FoundPatients, PatientRow, SentPatient } from "#departments/clinical/api";
import { getJson, withQuery } from "../../parts/request/request.ts";

/** A message with more numbers than this names nobody any better. */
const numbersMax = 4;

interface NumbersPatients {
  readonly patients: readonly PatientRow[];
  readonly isPending: boolean;
  readonly failed: boolean;
}

/** The patients of the record that have one of the numbers in a message, each once. */
export function useNumbersPatients(sent: SentPatient, enabled: boolean): NumbersPatients {
  const numbers = [sent.nhsNumber, ...sent.hospitalNumbers].filter((number) => number !== undefined);
  const queries = useQueries({
    queries: (enabled ? numbers.slice(0, numbersMax) : []).map((q) => ({
      queryKey: ["clinical", "number-patients", q],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        getJson<FoundPatients>(withQuery("/api/clinical/patients", { q, count: 5 }), signal),
    })),
  });
  const found = queries.flatMap((query) => query.data?.patients ?? []);
  const patients = [...new Map(found.map((patient) => [patient.id, patient])).values()];
  return {
    patients,
    isPending: queries.some((query) => query.isPending),
    failed: queries.some((query) => query.error !== null),
  };
}
