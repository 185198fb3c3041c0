// Clerk's texts: its own Romanian, and what that lacks of the errors that people meet. Its colours: ours.
import { roRO } from "../vendor/clerk-ro-RO-4.18.0.js";

export const localization = {
  ...roRO,
  unstable__errors: {
    ...roRO.unstable__errors,
    captcha_invalid: "Nu am putut verifica dacă ești om. Reîncarcă pagina și încearcă din nou.",
    form_code_incorrect: "Codul nu e bun. Verifică-l sau cere altul.",
    form_identifier_exists__email_address: "Adresa aceasta are deja cont. Intră cu ea.",
    form_identifier_exists__phone_number: "Numărul acesta are deja cont. Intră cu el.",
    form_identifier_exists__username: "Numele acesta e luat. Alege altul.",
    form_identifier_not_found: "Nu am găsit un cont cu datele acestea.",
    form_new_password_matches_current: "Parola nouă e aceeași cu cea veche.",
    form_param_format_invalid: "Scris așa nu merge. Verifică formatul.",
    form_param_format_invalid__email_address: "Adresa de e-mail nu e scrisă corect.",
    form_param_format_invalid__phone_number: "Numărul de telefon nu e scris corect.",
    form_param_nil: "Completează câmpul acesta.",
    form_param_value_invalid: "Valoarea aceasta nu e bună.",
    form_password_compromised__sign_in: "Parola nu mai e sigură. Alege alta ca să intri.",
    form_password_incorrect: "Parola nu e bună. Încearcă din nou sau folosește altă metodă.",
    form_password_size_in_bytes_exceeded: "Parola e prea lungă. Alege una mai scurtă.",
    form_password_validation_failed: "Parola nu e bună.",
    form_username_invalid_character: "Numele poate avea numai litere, cifre, - și _.",
    not_allowed_access: "Adresa aceasta nu are voie să intre.",
    phone_number_exists: "Numărul acesta e folosit. Încearcă altul.",
    session_exists: "Ești deja în cont.",
    user_locked: "Contul e blocat pentru puțin timp. Încearcă mai târziu.",
    too_many_requests: "Prea multe încercări. Așteaptă puțin și încearcă din nou.",
  },
};

export const appearance = { variables: { colorPrimary: "#116538", borderRadius: "0.75rem", fontFamily: "inherit" } };
