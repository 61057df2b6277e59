import type { CelType } from './cel-check.ts';

const strings: CelType = { kind: 'list', items: 'string' };

const byResult: readonly (readonly [CelType, string])[] = [
  [
    'bool',
    'contains startsWith endsWith matches bool isURL isQuantity isSemver isSorted isIP isCIDR isInteger isLessThan isGreaterThan allowed errored hasValue containsIP containsCIDR isCanonical isUnspecified isLoopback isLinkLocalMulticast isLinkLocalUnicast isGlobalUnicast equivalent intersects isInf isNaN isFinite',
  ],
  [
    'int',
    'size int compareTo lastIndexOf getFullYear getMonth getDayOfYear getDayOfMonth getDate getDayOfWeek getHours getMinutes getSeconds getMilliseconds prefixLength asInteger major minor patch',
  ],
  ['uint', 'uint'],
  ['double', 'double asApproximateFloat'],
  [
    'string',
    'string lowerAscii upperAscii trim replace substring join charAt getScheme getHost getHostname getPort getEscapedPath find quote error reason',
  ],
  ['bytes', 'bytes'],
  [strings, 'split findAll'],
  // What these give depends on what they take, or is of a type that has functions alone.
  [
    'dyn',
    'timestamp duration type dyn url getQuery quantity semver ip cidr family masked named validate indexOf sum min max slice flatten distinct sort sortBy range first last reverse format value or orValue unwrap unwrapOpt optMap optFlatMap of none ofNonZeroValue group path serviceAccount resource subresource namespace name check fieldSelector labelSelector sign add sub abs greatest least ceil floor round trunc sqrt bitAnd bitOr bitXor bitNot bitShiftLeft bitShiftRight encode decode escapeKey includes bind block iterVar map filter all exists exists_one existsOne transformList transformMap transformMapEntry has extract extractAll string_format optional_type',
  ],
];

/** The functions of the API server's libraries, whatever they are called on, and what each always gives. */
export const celFunctions: ReadonlyMap<string, CelType> = new Map(
  byResult.flatMap(([type, names]) => names.split(' ').map((name) => [name, type] as const)),
);

/** Functions that strings alone have. */
export const ofTexts: ReadonlySet<string> = new Set(
  'startsWith endsWith matches contains lowerAscii upperAscii trim replace substring charAt split find findAll'.split(
    ' ',
  ),
);

/** What stands in front of functions, and the names of types. */
export const celNamespaces: ReadonlySet<string> = new Set(
  'sets math optional cel strings lists base64 regex ip cidr url quantity semver format jsonpatch google net kubernetes Object JSONPatch int uint double bool string bytes list map null_type type timestamp duration dyn optional_type'.split(
    ' ',
  ),
);
