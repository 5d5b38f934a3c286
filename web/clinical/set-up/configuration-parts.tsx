import type { ConfigurationView } from "#departments/clinical/api";
import { DestinationCard } from "./destination-card.tsx";
import { LinkSettingsCard } from "./link-settings-card.tsx";
import { OtherFiles } from "./other-files.tsx";

/** Links, destinations, and what else the files hold. */
export function ConfigurationParts({ view }: { readonly view: ConfigurationView }) {
  const { links, destinations, files } = view;
  const titles = new Map(destinations.map(({ name, title }) => [name, title]));
  return (
    <div className="set-up">
      <section className="set-up-list" aria-labelledby="set-up-links">
        <h2 id="set-up-links">Links: where messages come in</h2>
        {links.length === 0 ? <p className="quiet">None.</p> : null}
        {links.map((link) => (
          <LinkSettingsCard key={link.name} link={link} titles={titles} />
        ))}
      </section>
      <section className="set-up-list" aria-labelledby="set-up-destinations">
        <h2 id="set-up-destinations">Destinations: where messages go out</h2>
        {destinations.length === 0 ? <p className="quiet">None.</p> : null}
        {destinations.map((destination) => (
          <DestinationCard key={destination.name} destination={destination} />
        ))}
      </section>
      <OtherFiles files={files} />
    </div>
  );
}
