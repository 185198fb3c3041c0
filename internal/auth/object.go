package auth

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"unicode/utf8"
)

// object is a JSON object's fields as they were written. A token has a few, so a list beats a map: reading a token the
// ordinary way took a third of the time of verifying its signature.
type object []field

type field struct {
	name, value []byte
}

// decodeObject reads one part of a token. Unlike encoding/json with a struct it does not take "SUB" for "sub".
func decodeObject(part string) (object, error) {
	data, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return nil, errUndecodable
	}
	return parseObject(data)
}

// parseObject splits an object into fields that alias data. Valid has checked the grammar, so splitting only needs to
// find where strings and nested values end.
func parseObject(data []byte) (object, error) {
	data = bytes.TrimLeft(data, " \t\r\n")
	if !json.Valid(data) || data[0] != '{' {
		return nil, errUndecodable
	}
	fields := make(object, 0, 16)
	for rest := skip(data[1:]); rest[0] != '}'; {
		end := valueEnd(rest)
		name := []byte(text(rest[:end]))
		rest = skip(skip(rest[end:])[1:]) // past the colon
		end = valueEnd(rest)
		fields = append(fields, field{name: name, value: rest[:end]})
		if rest = skip(rest[end:]); rest[0] == ',' {
			rest = skip(rest[1:])
		}
	}
	return fields, nil
}

func skip(data []byte) []byte { return bytes.TrimLeft(data, " \t\r\n") }

// valueEnd is the length of the value that valid JSON begins with.
func valueEnd(data []byte) int {
	depth, inString := 0, false
	for i := 0; i < len(data); i++ {
		c := data[i]
		switch {
		case inString && c == '\\':
			i++
			continue
		case c == '"':
			inString = !inString
		case inString:
			continue
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth == 0 {
				return i // the end of the object around a number or literal
			}
			depth--
		case depth == 0 && (c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n'):
			return i
		}
		if depth == 0 && !inString && (c == '"' || c == '}' || c == ']') {
			return i + 1
		}
	}
	return len(data)
}

// value is a field's JSON, nil when there is none. Of a name that occurs twice the last counts, as in encoding/json;
// the SDK refuses such tokens.
func (o object) value(name string) json.RawMessage {
	for i := len(o) - 1; i >= 0; i-- {
		if string(o[i].name) == name {
			return json.RawMessage(o[i].value)
		}
	}
	return nil
}

// text is a field's text, empty when it is missing or something else.
func (o object) text(name string) string { return text(o.value(name)) }

// text is the value of a JSON string, and empty for anything else.
func text(raw []byte) string {
	if len(raw) < 2 || raw[0] != '"' {
		return ""
	}
	if inner := raw[1 : len(raw)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner)
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}
