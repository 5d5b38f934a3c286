/** What a search finds by the values of its own type, against a real database. FHIR R4 §3.1.1.4. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { searchWard } from "../../../../test/search-ward.ts";

const { find, door } = await searchWard();

/** A search and what it finds, in any order. */
type Cases = readonly (readonly [search: string, ...ids: string[]])[];

const tables: Readonly<Record<string, Cases>> = {
  "a token": [
    ["Patient?gender=female", "osei"],
    ["Patient?gender:not=female", "oneill", "nobody"],
    ["Patient?gender:not=female,male", "nobody"],
    ["Patient?gender:missing=true", "nobody"],
    ["Patient?gender:missing=false", "osei", "oneill"],
    ["Patient?identifier=H-12", "osei", "oneill"],
    ["Patient?identifier=|H-12", "oneill"],
    ["Patient?identifier=urn:mrn|", "osei"],
    ["Patient?identifier:of-type=urn:types|MR|H-12", "osei"],
    ["Patient?identifier:of-type=urn:types|MR|9990000018"],
    ["Patient?_id:not=osei", "oneill", "nobody"],
    ["Patient?_id:missing=true"],
    ["Patient?_tag=demo", "osei"],
    ["Patient?_tag:text=demonstration", "osei"],
    ["Observation?code:text=serum", "potassium"],
    ["Observation?code:text=POTASSIUM", "potassium"],
    ["Observation?code:text=otassium"],
    ["Observation?code:text=body,tobacco", "weight", "smoking"],
    ["Observation?combo-code=8480-6", "high", "swapped"],
    ["Observation?combo-code:missing=true"],
    ["Observation?component-code:missing=false", "high", "swapped"],
  ],
  "a string": [
    ["Patient?name=ose", "osei"],
    ["Patient?name=SEAN", "oneill"],
    ["Patient?given:exact=Seán", "oneill"],
    ["Patient?given:exact=Sean"],
    ["Patient?family:contains=neil", "oneill"],
    ["Patient?family:missing=true", "nobody"],
    ["Patient?name=osei,unknown", "osei", "nobody"],
  ],
  "a date": [
    ["Patient?birthdate=1957", "osei"],
    ["Patient?birthdate=1990-07-15"],
    ["Patient?birthdate=ap1990-07-15", "oneill"],
    ["Patient?birthdate:missing=true", "nobody"],
    ["Observation?date=2026-02", "potassium", "high", "swapped"],
    ["Observation?date=gt2026-02-02", "high", "swapped"],
    ["Observation?date=ge2026-02-02", "potassium", "high", "swapped"],
    ["Observation?date=lt2026-01-15", "weight"],
    ["Observation?date=gt2026-01-15&date=lt2026-02-01", "weight"],
    ["Observation?date=sa2026-01-31", "potassium", "high", "swapped"],
    ["Observation?date=eb2026-02-01", "weight"],
    ["Observation?date=ne2026-02-02", "weight", "high", "swapped"],
    ["Encounter?date=2030"],
    ["Encounter?date=gt2030", "visit"],
    ["Encounter?date=lt2026-02-01T07:00:00Z"],
    ["Encounter?date=lt2026-02-01T07:00:01Z", "visit"],
  ],
  "a number": [
    ["RiskAssessment?probability=0.25", "risk"],
    ["RiskAssessment?probability=0.3", "risk"],
    ["RiskAssessment?probability=0.30"],
    ["RiskAssessment?probability=gt0.25", "range"],
    ["RiskAssessment?probability=ge0.25", "risk", "range"],
    ["RiskAssessment?probability=lt0.6", "risk", "range"],
    ["RiskAssessment?probability=gt0.7", "range"],
    ["RiskAssessment?probability=eb0.5", "risk"],
    ["RiskAssessment?probability=sa0.4", "range"],
    ["RiskAssessment?probability=le0.5", "risk", "range"],
    ["RiskAssessment?probability=ne0.25", "range"],
    ["RiskAssessment?probability=ap0.24", "risk"],
    ["RiskAssessment?probability=1e-1"],
  ],
  "a quantity": [
    ["Observation?value-quantity=5.4", "potassium"],
    ["Observation?value-quantity=5", "potassium"],
    ["Observation?value-quantity=5.0"],
    ["Observation?value-quantity=5.40", "potassium"],
    ["Observation?value-quantity=5.4|http://unitsofmeasure.org|mmol/L", "potassium"],
    ["Observation?value-quantity=5.4|http://unitsofmeasure.org|mol/m3", "potassium"],
    ["Observation?value-quantity=gt5000|http://unitsofmeasure.org|umol/L", "potassium"],
    ["Observation?value-quantity=5400|http://unitsofmeasure.org|umol/L", "potassium"],
    ["Observation?value-quantity=ge5400|http://unitsofmeasure.org|umol/L", "potassium"],
    ["Observation?value-quantity=gt5400|http://unitsofmeasure.org|umol/L"],
    ["Observation?value-quantity=5.4|http://unitsofmeasure.org|kg"],
    ["Observation?value-quantity=5.4|urn:other|mmol/L"],
    ["Observation?value-quantity=80.5||kilogram", "weight"],
    ["Observation?value-quantity=80.5||kg", "weight"],
    ["Observation?value-quantity=80500||g"],
    ["Observation?value-quantity=80500|http://unitsofmeasure.org|g", "weight"],
    ["Observation?value-quantity=ap80", "weight"],
    ["Observation?value-quantity=lt6", "potassium"],
    ["Observation?combo-value-quantity=150", "high", "swapped"],
    ["Observation?value-quantity:missing=true", "smoking", "high", "swapped"],
  ],
  "a uri": [
    ["ValueSet?url=http://example.org/fhir/ValueSet/colours", "colours"],
    ["ValueSet?url:below=http://example.org/fhir/ValueSet/colours", "colours", "colours-light"],
    ["ValueSet?url:below=http://example.org/fhir/ValueSet/col"],
    ["ValueSet?url:above=http://example.org/fhir/ValueSet/colours/light/pale", "colours", "colours-light"],
    ["QuestionnaireResponse?questionnaire=http://example.org/Questionnaire/q", "answers"],
    ["QuestionnaireResponse?questionnaire=http://example.org/Questionnaire/q|2.0", "answers"],
    ["QuestionnaireResponse?questionnaire=http://example.org/Questionnaire/q|1.0"],
    ["QuestionnaireResponse?questionnaire=http://example.org/Questionnaire/q|2"],
    ["QuestionnaireResponse?questionnaire:below=http://example.org/Questionnaire/q|2", "answers"],
    ["QuestionnaireResponse?questionnaire:below=http://example.org/Questionnaire/q", "answers"],
    ["QuestionnaireResponse?questionnaire:above=http://example.org/Questionnaire/q|2.0.1", "answers"],
  ],
  "a reference": [
    ["Patient?organization=lab", "osei"],
    ["Patient?organization:identifier=urn:ods|RX1", "oneill"],
    ["Patient?organization:identifier=RX1", "oneill"],
    ["Patient?organization:missing=true", "nobody"],
    ["Observation?subject:missing=true"],
    ["Observation?encounter:missing=false", "potassium"],
  ],
  "a composite": [
    ["Observation?code-value-quantity=2823-3$5.4", "potassium"],
    ["Observation?code-value-quantity=http://loinc.org|2823-3$gt5|http://unitsofmeasure.org|mmol/L", "potassium"],
    ["Observation?code-value-quantity=2823-3$80.5"],
    ["Observation?code-value-quantity=2823-3$80.5,29463-7$80.5", "weight"],
    ["Observation?code-value-concept=72166-2$urn:sct|8517006", "smoking"],
    ["Observation?component-code-value-quantity=8480-6$gt140", "high"],
    ["Observation?component-code-value-quantity=8480-6$lt100", "swapped"],
    ["Observation?component-code-value-quantity=http://loinc.org|8480-6$150|http://unitsofmeasure.org|mm[Hg]", "high"],
    ["Observation?component-code-value-quantity=urn:other|8480-6$150"],
    ["Observation?combo-code-value-quantity=8462-4$150,2823-3$5.4", "swapped", "potassium"],
    ["ValueSet?context-type-value=urn:use|focus$urn:sct|1", "colours"],
    ["ValueSet?context-type-value=age$1", "colours-light"],
    ["ValueSet?context-type-quantity=focus$18", "colours-light"],
    ["ValueSet?context-type-quantity=age$ge216|http://unitsofmeasure.org|mo", "colours"],
    ["ValueSet?context-type-value:missing=true"],
  ],
  "a distance": [
    ["Location?near=53.80|-1.55", "leeds"],
    ["Location?near=53.80|-1.55|35|km", "leeds"],
    ["Location?near=53.80|-1.55|37", "leeds", "york"],
    ["Location?near=53.80|-1.55|22|[mi_i]", "leeds"],
    ["Location?near=53.80|-1.55|23|mi", "leeds", "york"],
    ["Location?near=53.97|-1.08|500|m,-17|-179.95|15|km", "york", "west-of-the-date-line"],
    ["Location?near=-17|-179.95|10|km"],
    ["Location?near=90|0|20100|km", "leeds", "york", "west-of-the-date-line"],
    ["Location?near:missing=true", "unplaced"],
  ],
  "the text": [
    ["Patient?_text=twi home", "osei"],
    ["Patient?_text=Osei"],
    ["Patient?_content=osei", "osei"],
    ["Patient?_content=osei or neill", "osei", "oneill"],
    ["Patient?_content=resourceType"],
    ["Observation?_content=ex-smoker", "smoking"],
  ],
  "several conditions": [
    ["Observation?code=2823-3&value-quantity=gt5&subject=Patient/osei&status=final", "potassium"],
    ["Observation?status=final&code:not=2823-3&date=2026-02", "high", "swapped"],
  ],
};

for (const [what, cases] of Object.entries(tables)) {
  describe(`by ${what}`, () => {
    for (const [search, ...ids] of cases) {
      it(`${search}: ${ids.join(", ") || "nothing"}`, async () => {
        assert.deepEqual([...(await find(search))].sort(), [...ids].sort());
        const counted = await door.send(`GET /${search}&_summary=count`);
        assert.equal(counted.json.total, ids.length);
      });
    }
  });
}
