import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { usePermission } from "../../shell/session/session.ts";
import { type CodeFilter, coverageQuery } from "./code-queries.ts";
import { fieldWords, senderText, stateWords } from "./code-words.ts";

const route = getRouteApi("/signed-in/links/codes");

const states = [
  ...Object.entries(stateWords).map(([state, { word }]) => ({ state, word })),
  { state: "any", word: "Every code" },
];

/** State, sender and place in the message; all of them part of the address. */
export function CodeFilters({ filter }: { readonly filter: CodeFilter }) {
  const navigate = route.useNavigate();
  const { state: _chosen, ...rest } = filter;
  const change = (field: "sender" | "field", value: string) => {
    const { [field]: _before, ...others } = filter;
    void navigate({ to: ".", search: value === "" ? others : { ...others, [field]: value }, replace: true });
  };
  return (
    <search className="worklist-filters" aria-label="Unknown codes">
      <ul className="worklist-pills" aria-label="States">
        {states.map(({ state, word }) => (
          <li key={state}>
            <Link
              to="/links/codes"
              search={state === "open" ? rest : { ...rest, state }}
              className="worklist-pill"
              activeOptions={{ exact: true }}
              replace
            >
              {word}
            </Link>
          </li>
        ))}
      </ul>
      <SenderChoice sender={filter.sender} onChoose={(sender) => change("sender", sender)} />
      <NativeSelect
        label="Place in the message"
        size="xs"
        value={filter.field ?? ""}
        data={[
          { value: "", label: "Any place" },
          ...Object.entries(fieldWords).map(([value, word]) => ({ value, label: `${word} (${value})` })),
        ]}
        onChange={(event) => change("field", event.currentTarget.value)}
      />
    </search>
  );
}

interface SenderChoiceProps {
  readonly sender: string | undefined;
  onChoose(sender: string): void;
}

/** The senders whose results were counted; for those who may not see the links, only what the address names. */
function SenderChoice({ sender, onChoose }: SenderChoiceProps) {
  const { data } = useQuery({ ...coverageQuery(), enabled: usePermission("links.see") });
  const senders = new Set(data?.senders.map((each) => each.sender));
  if (sender !== undefined) senders.add(sender);
  return (
    <NativeSelect
      label="Sender"
      size="xs"
      value={sender ?? ""}
      data={[
        { value: "", label: "All senders" },
        ...[...senders].toSorted().map((value) => ({ value, label: senderText(value) })),
      ]}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
}
