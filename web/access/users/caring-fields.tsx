import { TagsInput } from "@mantine/core";
import type { UserView } from "#access/api";
import { ReferenceChoice } from "./reference-choice.tsx";

export type Caring = NonNullable<UserView["caring"]>;

interface CaringFieldsProps {
  readonly caring: Caring;
  onChange(caring: Caring): void;
}

/** Who somebody is in the directory and where they work: it decides whose patients they care for. */
export function CaringFields({ caring, onChange }: CaringFieldsProps) {
  const { practitioner, wards = [], teams = [] } = caring;
  const organisations = teams.filter((team) => team.startsWith("Organization/"));
  const careTeams = teams.filter((team) => team.startsWith("CareTeam/"));
  const set = (part: Partial<Caring>) => onChange({ ...caring, ...part });
  return (
    <fieldset className="users-roles users-caring">
      <legend>Whose patients they care for</legend>
      <ReferenceChoice
        type="Practitioner"
        label="In the staff directory"
        description="Orders, stays and care teams that name this person make their patients this user's"
        chosen={practitioner === undefined ? [] : [practitioner]}
        most={1}
        onChange={([first]) => set({ practitioner: first })}
      />
      <ReferenceChoice
        type="Location"
        label="Wards"
        description="Whoever stays there is their patient"
        chosen={wards}
        most={50}
        onChange={(chosen) => set({ wards: chosen })}
      />
      <ReferenceChoice
        type="Organization"
        label="Teams"
        description="That visits and orders name"
        chosen={organisations}
        most={50}
        onChange={(chosen) => set({ teams: [...chosen, ...careTeams] })}
      />
      <TagsInput
        label="Care teams"
        description="By their references: CareTeam/12, then Enter"
        value={careTeams}
        maxTags={50}
        onChange={(chosen) => set({ teams: [...organisations, ...chosen.map(asCareTeam)] })}
      />
    </fieldset>
  );
}

function asCareTeam(typed: string): string {
  return typed.startsWith("CareTeam/") ? typed : `CareTeam/${typed.trim()}`;
}
