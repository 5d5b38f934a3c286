import type { ConfigurationFile } from "../../api/configuration.ts";
import type { ConfigurationForms } from "../../api/configuration-form.ts";
import { destinationSchema } from "../destination-schema.ts";
import { linkSchema } from "../link-schema.ts";
import { formFields } from "./form-fields.ts";

/** The forms of the set-up. `standing`: what runs until something is deployed. */
export function configurationForms(standing: readonly ConfigurationFile[]): ConfigurationForms {
  return {
    link: formFields(linkSchema, ["link"]),
    destination: formFields(destinationSchema, ["destination"]),
    standing,
  };
}
