/** Files of the collection that hold the same picture in several transfer syntaxes: one is the reference of the others. */
export interface SamePictures {
  readonly reference: string;
  readonly others: readonly string[];
  /** By how much a sample may differ: 0 where nothing was lost. */
  readonly differenceMax: number;
}

const small = ["RLE", "bigendian", "expb", "implicit", "jp2klossless", "jpeg_ls_lossless", "padded"];

export const samePictures: readonly SamePictures[] = [
  { reference: "MR_small.dcm", others: small.map((name) => `MR_small_${name}.dcm`), differenceMax: 0 },
  { reference: "rtdose.dcm", others: ["rtdose_expb.dcm", "rtdose_rle.dcm"], differenceMax: 0 },
  { reference: "rtdose_1frame.dcm", others: ["rtdose_expb_1frame.dcm", "rtdose_rle_1frame.dcm"], differenceMax: 0 },
  { reference: "liver_1frame.dcm", others: ["liver_expb_1frame.dcm"], differenceMax: 0 },
  { reference: "SC_rgb_small_odd.dcm", others: ["SC_rgb_small_odd_big_endian.dcm"], differenceMax: 0 },
  { reference: "SC_rgb_rle.dcm", others: ["SC_rgb_rle_2frame.dcm", "SC_rgb_jpeg_gdcm.dcm"], differenceMax: 0 },
  { reference: "SC_rgb_rle_16bit.dcm", others: ["SC_rgb_rle_16bit_2frame.dcm"], differenceMax: 0 },
  { reference: "SC_rgb_rle_32bit.dcm", others: ["SC_rgb_rle_32bit_2frame.dcm"], differenceMax: 0 },
  { reference: "SC_rgb_jpeg_dcmd.dcm", others: ["SC_rgb_jpeg.dcm"], differenceMax: 2 },
  { reference: "SC_rgb_small_odd.dcm", others: ["SC_rgb_small_odd_jpeg.dcm"], differenceMax: 4 },
  {
    reference: "SC_rgb_rle.dcm",
    others: [
      "SC_rgb_dcmtk_+eb+cr.dcm",
      "SC_rgb_jls_lossy_line.dcm",
      "SC_rgb_jls_lossy_sample.dcm",
      "SC_rgb_gdcm_KY.dcm",
    ],
    differenceMax: 10,
  },
  { reference: "JPEG-lossy.dcm", others: ["JPGExtended.dcm"], differenceMax: 0 },
];
