// Names under which a value is secret or personal whatever it looks like: keys of JSON, of forms,
// of headers. A name is taken apart into its words, so that `secretary`, `discard` and
// `max_tokens` are none.

/** Found anywhere in the letters of a name, also where its words are run together. */
const PARTS = [
  "password",
  "passwd",
  "passphrase",
  "passcode",
  "apikey",
  "accesskey",
  "privatekey",
  "secretkey",
  "sessionkey",
  "signingkey",
  "encryptionkey",
  "clientsecret",
  "accesstoken",
  "authtoken",
  "refreshtoken",
  "bearertoken",
  "sessiontoken",
  "credential",
  "cardnumber",
  "creditcard",
  "debitcard",
  "socialsecurity",
  "nationalid",
  "nationalinsurance",
  "taxid",
  "passportn",
  "dateofbirth",
  "birthdate",
  "phonenumber",
  "bankaccount",
] as const;

/** Found as a word of its own. */
const WORDS: ReadonlySet<string> = new Set([
  "pwd",
  "secret",
  "secrets",
  "token",
  "jwt",
  "cookie",
  "cookies",
  "ssn",
  "nino",
  "iban",
  "bban",
  "cvv",
  "cvc",
  "otp",
  "passport",
  "dob",
  "birthday",
  "phone",
  "telephone",
]);

/** Found as the last word: what stands before it says whose, what would follow says what about it. */
const LAST: ReadonlySet<string> = new Set(["authorization"]);

/** A card that pays or identifies; `scorecard` is one word, and `dashboard card` another thing. */
const BEFORE_CARD: ReadonlySet<string> = new Set(
  "bank payment customer user account health insurance id".split(" "),
);

/** A last word after which the value tells something about a secret: when, how many, of which kind. */
const ABOUT: ReadonlySet<string> = new Set(
  (
    "at on date time timestamp expires expiry expiration ttl until age days hours minutes seconds " +
    "count counts length size limit budget cost rate usage index attempts type kind brand name " +
    "status state policy required enabled disabled present valid verified version id ref arn path " +
    "rotation changed created updated provider format algorithm scope scopes in"
  ).split(" "),
);

/** A first word that makes it a number of tokens. */
const COUNTED: ReadonlySet<string> = new Set(["max", "min", "num", "total", "n"]);

/** Ids that give access or name a person, unlike all others. */
const TELLING_ID = /(?:secret|tax|national|passport)id$/;

const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;

/** No name is longer; of one that is, the end is looked at, where the noun stands. */
const LONGEST = 200;

/**
 * Whether the value under a name is to be masked, whatever it looks like.
 *
 * @param name such as `DB_PASSWORD`, `apiKey`, `customer.card`
 */
export function isSensitiveName(name: string): boolean {
  const words = (name.slice(-LONGEST).match(WORD) ?? []).map((word) => word.toLowerCase());
  const last = words.at(-1);
  if (last === undefined) return false;
  const joined = words.join("");
  const isAbout = ABOUT.has(last) || COUNTED.has(words[0] ?? "");
  if (isAbout && !TELLING_ID.test(joined) && !joined.endsWith("dateofbirth")) return false;
  return (
    LAST.has(last) ||
    words.some((word) => WORDS.has(word)) ||
    PARTS.some((part) => joined.includes(part)) ||
    (last === "card" && (words.length === 1 || BEFORE_CARD.has(words.at(-2) ?? "")))
  );
}
