package auth

import (
	"encoding/json"
	"testing"
)

func TestParseObject(t *testing.T) {
	t.Parallel()
	got, err := parseObject([]byte(` { "a" : "x" ,"b":[1,{"c":"}"}], "s\u0075b":"\"q\\" ,"n":-1.5e3,"t":true , "z":null}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"a": `"x"`, "b": `[1,{"c":"}"}]`, "sub": `"\"q\\"`, "n": "-1.5e3", "t": "true", "z": "null", "A": "", "c": "",
	} {
		if value := string(got.value(name)); value != want {
			t.Errorf("%s: got %s, want %s", name, value, want)
		}
	}
	if got.text("sub") != `"q\` || got.text("n") != "" {
		t.Errorf("texts %q, %q", got.text("sub"), got.text("n"))
	}
}

// FuzzObject compares with encoding/json.
func FuzzObject(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":1}`, `[]`, `null`, ``, ` {"a":{"b":[]},"c":"\\"} `, `{"a":1,"a":2}`, "{\"a\":\"\xff\"}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var want map[string]json.RawMessage
		wantErr := json.Unmarshal(data, &want)
		got, err := parseObject(data)
		if (err == nil) != (wantErr == nil && want != nil) {
			t.Fatalf("%q: %v, want %v", data, err, wantErr)
		}
		if err != nil {
			return
		}
		for name, value := range want {
			if string(got.value(name)) != string(value) {
				t.Errorf("%q: %q is %s, want %s", data, name, got.value(name), value)
			}
		}
	})
}
