import type { Allergies, Allergy } from "#departments/clinical/api";
import { Icon } from "../../../parts/icon/icon.tsx";

/** Always in sight. That nothing is recorded looks unlike the knowledge that there are none. */
export function AllergyStrip({ allergies }: { readonly allergies: Allergies }) {
  switch (allergies.state) {
    case "unrecorded":
      return (
        <p className="banner-allergies" data-state="unrecorded">
          <Icon name="alert" size={15} /> {allergies.text}: ask before prescribing
        </p>
      );
    case "none-known":
      return (
        <p className="banner-allergies" data-state="none-known">
          <Icon name="check-round" size={15} /> {allergies.text}
        </p>
      );
    case "listed":
      return (
        <div className="banner-allergies" data-state="listed">
          <strong>
            <Icon name="alert" size={15} /> Allergies
          </strong>
          <ul>
            {allergies.list.map((allergy) => (
              <li key={allergy.id}>{allergyText(allergy)}</li>
            ))}
          </ul>
        </div>
      );
  }
}

function allergyText(allergy: Allergy): string {
  const reactions = allergy.reactions.length === 0 ? "" : ` (${allergy.reactions.join(", ")})`;
  const grave = allergy.criticality === "high" ? " – high risk" : "";
  const status = allergy.status.toLowerCase();
  const doubt = status === "active" ? "" : ` – ${status}`;
  return `${allergy.substance}${reactions}${grave}${doubt}`;
}
