package config

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadmeListsTheSettings compares the first column of the settings table with the variables that Load asks for.
func TestReadmeListsTheSettings(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(readme), "\n## Settings\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var listed []string
	for line := range strings.Lines(section) {
		if cells := strings.Split(line, "|"); len(cells) > 2 {
			for _, name := range regexp.MustCompile("`([A-Z_]+)`").FindAllStringSubmatch(cells[1], -1) {
				listed = append(listed, name[1])
			}
		}
	}

	want := []string{"GOMEMLIMIT", "RUN_AS", "TEST_DATABASE_URL"} // read by main and the tests
	for _, e := range []env{{}, clerkEnv()} {
		_, err := Load(func(name string) string {
			if name != "FLY_APP_NAME" { // set by Fly, not by people
				want = append(want, name)
			}
			return e.get(name)
		}, false)
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(want)
	slices.Sort(listed)
	if diff := cmp.Diff(slices.Compact(want), listed); diff != "" {
		t.Errorf("settings of README.md (-read by the program +listed)\n%s", diff)
	}
}
