import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PatientBanner as Banner } from "#departments/clinical/api";
import { ResourceLink } from "../../../explorer/link/resource-link.tsx";
import { Icon } from "../../../parts/icon/icon.tsx";
import { bornText, deceasedText } from "../../patients/patient-words.ts";
import { AllergyStrip } from "./allergy-strip.tsx";
import { ChartApplications } from "./chart-applications.tsx";
import "./patient-banner.css";
import { PatientDetails } from "./patient-details.tsx";

/** Who this chart is of; stays in sight while the chart scrolls. Source: NHS CUI Patient Banner. */
export function PatientBanner({ banner }: { readonly banner: Banner }) {
  const [open, setOpen] = useState(false);
  return (
    <section className="banner" aria-label="Patient" data-deceased={banner.deceased !== undefined}>
      <div className="banner-main">
        <h1 className="banner-name">
          {banner.name}
          {banner.preferredName === undefined ? null : (
            <span className="banner-preferred"> likes to be called {banner.preferredName}</span>
          )}
        </h1>
        <BannerFacts banner={banner} />
        <ChartApplications patient={banner.id} encounter={banner.encounter?.id} />
        <ResourceLink type="Patient" id={banner.id} of={banner.name} />
        <UnstyledButton
          className="banner-toggle"
          aria-expanded={open}
          aria-controls="patient-details"
          onClick={() => setOpen(!open)}
        >
          <span className="banner-toggle-word">{open ? "Less" : "More"}</span>
          <Icon name="chevron-down" size={16} label={open ? "Less about the patient" : "More about the patient"} />
        </UnstyledButton>
      </div>
      <BannerWarnings banner={banner} />
      <AllergyStrip allergies={banner.allergies} />
      <div id="patient-details" hidden={!open}>
        <PatientDetails banner={banner} />
      </div>
    </section>
  );
}

function BannerFacts({ banner }: { readonly banner: Banner }) {
  return (
    <dl className="banner-facts">
      {banner.deceased === undefined ? null : (
        <div className="banner-fact banner-died">
          <dt className="visually-hidden">Deceased</dt>
          <dd>{deceasedText(banner.deceased)}</dd>
        </div>
      )}
      <div className="banner-fact">
        <dt>Born</dt>
        <dd>{bornText(banner)}</dd>
      </div>
      <div className="banner-fact">
        <dt>Gender</dt>
        <dd>{banner.gender.text}</dd>
      </div>
      <div className="banner-fact">
        <dt>NHS No.</dt>
        <dd>
          {banner.nhsNumber?.text ?? "not known"}
          {banner.nhsNumber?.valid === false ? <span className="banner-doubtful"> check digit wrong</span> : null}
        </dd>
      </div>
    </dl>
  );
}

function BannerWarnings({ banner }: { readonly banner: Banner }) {
  if (banner.replacedBy !== undefined)
    return (
      <p className="banner-warning">
        <Icon name="alert" size={16} /> This record was merged into another.{" "}
        <Link to="/patients/$id" params={{ id: banner.replacedBy }}>
          Open the record that is in use
        </Link>
      </p>
    );
  if (banner.active) return null;
  return (
    <p className="banner-warning">
      <Icon name="alert" size={16} /> This record is closed and no longer in use.
    </p>
  );
}
