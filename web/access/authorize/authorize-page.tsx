import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { AuthorizationRequestView, DecisionBody, DecisionView } from "#access/api";
import type { PatientRow } from "#departments/clinical/api";
import { sendJson } from "../../parts/request/request.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { FormFailure } from "../form-message.tsx";
import { OutsidePage } from "../outside-page.tsx";
import { AskedAccess } from "./asked-access.tsx";
import "./authorize.css";
import { authorizationRequestQuery, requestAddress } from "./authorize-queries.ts";
import { DecisionButtons } from "./decision-buttons.tsx";
import { PatientPicker } from "./patient-picker.tsx";

const route = getRouteApi("/authorize/$request");

/** What an application asks for, in plain words; for which patient; and yes or no. */
export function AuthorizePage() {
  const { request } = route.useParams();
  const query = useQuery(authorizationRequestQuery(request));
  return (
    <OutsidePage title={query.data === undefined ? "An application asks for access" : titleOf(query.data)}>
      <Loaded query={query} label="Loading what the application asks for" rows={4}>
        {(asked) => <Asked request={request} asked={asked} />}
      </Loaded>
    </OutsidePage>
  );
}

function titleOf({ application }: AuthorizationRequestView): string {
  return `Let ${application.name} in?`;
}

interface AskedProps {
  readonly request: string;
  readonly asked: AuthorizationRequestView;
}

function Asked({ request, asked }: AskedProps) {
  const [chosen, setChosen] = useState<readonly string[]>(asked.scopes.map(({ text }) => text));
  const [patient, setPatient] = useState<PatientRow | undefined>(undefined);
  const decide = useMutation({
    mutationFn: (body: DecisionBody) => sendJson<DecisionView>("POST", requestAddress(request), body),
    onSuccess: ({ leadsTo }) => window.location.assign(leadsTo),
  });
  const allow = () =>
    decide.mutate({ allow: true, scopes: [...chosen], ...(patient === undefined ? {} : { patient: patient.id }) });
  return (
    <form
      className="outside-form"
      onSubmit={(event) => {
        event.preventDefault();
        allow();
      }}
    >
      <FormFailure error={decide.error} />
      <AskedAccess asked={asked} chosen={chosen} onChoose={setChosen} />
      {asked.picksPatient ? <PatientPicker patient={patient} onPick={setPatient} /> : null}
      <DecisionButtons
        pending={decide.isPending || decide.isSuccess}
        needsPatient={asked.picksPatient && patient === undefined}
        onRefuse={() => decide.mutate({ allow: false })}
      />
    </form>
  );
}
