import { coded, dataSetOf } from "../header/attributes.ts";
import { storageClassNamed } from "../header/classes.ts";
import { instanceUid, laterBy, patientModule, seriesModule, sopModule, studyModule } from "../header/modules.ts";
import type { PhantomInstance } from "../instance.ts";
import type { PhantomStudy } from "../study.ts";

export interface PdfOf {
  readonly title: string;
  readonly pdf: Uint8Array;
  readonly seriesNumber: number;
}

const pdfClass = storageClassNamed("Encapsulated PDF Storage");

/** A report as a page. Source: PS3.3 Table A.45.1-1 (Encapsulated PDF IOD). */
export function encapsulatedPdf(study: PhantomStudy, { title, pdf, seriesNumber }: PdfOf): PhantomInstance {
  const sopInstance = instanceUid(study, seriesNumber, 1);
  const afterSeconds = 3_600;
  const dataSet = dataSetOf(
    sopModule(pdfClass, sopInstance),
    patientModule(study),
    studyModule(study),
    seriesModule(study, { modality: "DOC", number: seriesNumber, description: title, afterSeconds }),
    {
      ConversionType: "WSD",
      InstanceNumber: 1,
      ContentDate: study.date,
      ContentTime: laterBy(study.time, afterSeconds),
      AcquisitionDateTime: `${study.date}${study.time}`,
      BurnedInAnnotation: "YES",
      DocumentTitle: title,
      ConceptNameCodeSequence: coded(["18748-4", "LN", "Diagnostic imaging report"]),
      MIMETypeOfEncapsulatedDocument: "application/pdf",
      EncapsulatedDocument: pdf,
      EncapsulatedDocumentLength: pdf.length,
    },
  );
  return { sopClass: pdfClass, sopInstance, dataSet };
}
