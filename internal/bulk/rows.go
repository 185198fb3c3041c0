package bulk

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"piata.ro/internal/text"
	"piata.ro/models"
)

// row is one record of the file.
type row struct {
	line   int               // where it begins
	fields map[string]string // by column, trimmed
}

// rowReader reads records and carries on after a broken one. csv.Reader alone cannot: a quotation mark that is never closed makes it take
// the rest of the file for one field.
type rowReader struct {
	in      *bufio.Reader
	comma   rune
	columns []string // "" for those without use
	unused  []string // names in the header that mean nothing here
	pending [][]byte // lines read ahead
	line    int      // number of pending[0], or of the line after the last one read
}

// Limits of one record; a longest description takes a tenth of them.
const (
	maxRecordBytes = 256 << 10
	maxRecordLines = 2000
)

// errMalformed is wrapped by what is wrong with one record.
var errMalformed = errors.New("ghilimele sau coloane greșite")

// requiredColumns must be in the header; the others may be missing and are then empty.
var requiredColumns = []string{models.FieldTitle, models.FieldDescription, models.FieldPrice, models.FieldCategory, models.FieldCounty, models.FieldLocality}

var optionalColumns = []string{models.FieldCurrency, models.FieldCondition, models.FieldPhotos}

// newRowReader reads the header.
func newRowReader(r io.Reader) (*rowReader, error) {
	rr := &rowReader{in: bufio.NewReaderSize(r, 64<<10), line: 1}
	if bom, _ := rr.in.Peek(3); string(bom) == "\uFEFF" {
		_, _ = rr.in.Discard(3) // what was peeked can be discarded
	}
	header, err := rr.peekLine(0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read header: %w", err)
	}
	rr.comma = separator(header)
	names, _, err := rr.record()
	if err != nil {
		return nil, fmt.Errorf("the first line must name the columns, as in %s", strings.Join(slices.Concat(requiredColumns, optionalColumns), ","))
	}
	return rr, rr.readColumns(names)
}

// separator guesses from the header what stands between the columns.
func separator(header []byte) rune {
	best, most := ',', 0
	for _, candidate := range []rune{',', ';', '\t'} {
		if n := bytes.Count(header, []byte(string(candidate))); n > most {
			best, most = candidate, n
		}
	}
	return best
}

func (rr *rowReader) readColumns(names []string) error {
	rr.columns = make([]string, len(names))
	for i, name := range names {
		folded := text.Fold(strings.TrimSpace(name))
		switch {
		case folded == "":
		case slices.Contains(rr.columns, folded):
			return fmt.Errorf("column %q stands twice in the header", folded)
		case slices.Contains(requiredColumns, folded), slices.Contains(optionalColumns, folded), strings.HasPrefix(folded, models.AttributePrefix):
			rr.columns[i] = folded
		default:
			rr.unused = append(rr.unused, text.Truncate(text.Line(name), 40))
		}
	}
	var missing []error
	for _, name := range requiredColumns {
		if !slices.Contains(rr.columns, name) {
			missing = append(missing, fmt.Errorf("column %q is missing from the header", name))
		}
	}
	return errors.Join(missing...)
}

// next returns the next row, io.EOF after the last, or an error that wraps errMalformed together with the line of a record that cannot be read.
func (rr *rowReader) next() (row, error) {
	fields, line, err := rr.record()
	if err != nil {
		return row{line: line}, err
	}
	// Spreadsheets leave out, or add, empty cells at the end of a line.
	for len(fields) > len(rr.columns) && strings.TrimSpace(fields[len(fields)-1]) == "" {
		fields = fields[:len(fields)-1]
	}
	if len(fields) > len(rr.columns) || len(fields) < 2 && len(rr.columns) > 1 {
		return row{line: line}, fmt.Errorf("%w, are %d din %d", errMalformed, len(fields), len(rr.columns))
	}
	r := row{line: line, fields: make(map[string]string, len(fields))}
	for i, field := range fields {
		if rr.columns[i] != "" {
			r.fields[rr.columns[i]] = strings.TrimSpace(field)
		}
	}
	return r, nil
}

// record returns the fields of the next record that is not empty and the line it begins on. A record ends with the first line at which
// all quotation marks are closed; when that never comes, or makes no sense, only its first line is given up.
func (rr *rowReader) record() ([]string, int, error) {
	var first []byte
	for {
		var err error
		if first, err = rr.peekLine(0); err != nil {
			return nil, rr.line, err
		}
		if len(bytes.TrimSpace(first)) > 0 {
			break
		}
		rr.drop(1)
	}
	line, size, quotes := rr.line, 0, 0
	for n := range maxRecordLines {
		next, err := rr.peekLine(n)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, line, err
		}
		if size += len(next); size > maxRecordBytes {
			break
		}
		if quotes += bytes.Count(next, []byte{'"'}); quotes%2 != 0 {
			continue
		}
		fields, err := rr.parse(bytes.Join(rr.pending[:n+1], nil), false)
		if err != nil {
			break
		}
		rr.drop(n + 1)
		return fields, line, nil
	}
	return rr.salvage(first, line)
}

// salvage accepts a line with a stray quotation mark, as in „Monitor 27" curbat”, when it has all its columns.
func (rr *rowReader) salvage(first []byte, line int) ([]string, int, error) {
	defer rr.drop(1)
	fields, err := rr.parse(first, true)
	if err != nil || len(first) > maxRecordBytes || len(fields) != len(rr.columns) {
		return nil, line, errMalformed
	}
	return fields, line, nil
}

func (rr *rowReader) parse(record []byte, lazy bool) ([]string, error) {
	r := csv.NewReader(bytes.NewReader(record))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = rr.comma, lazy, -1
	fields, err := r.Read()
	if err != nil {
		return nil, err
	}
	if _, err := r.Read(); !errors.Is(err, io.EOF) {
		return nil, errMalformed
	}
	return fields, nil
}

// peekLine returns the n-th line from here on, with its end, without using it up.
func (rr *rowReader) peekLine(n int) ([]byte, error) {
	for len(rr.pending) <= n {
		line, err := rr.readLine()
		if len(line) == 0 && err != nil {
			return nil, err
		}
		rr.pending = append(rr.pending, line)
	}
	return rr.pending[n], nil
}

func (rr *rowReader) drop(n int) {
	rr.pending = slices.Delete(rr.pending, 0, n)
	rr.line += n
}

// readLine reads one line and keeps at most a little more than maxRecordBytes of it.
func (rr *rowReader) readLine() ([]byte, error) {
	var line []byte
	for {
		part, err := rr.in.ReadSlice('\n')
		if room := maxRecordBytes + 1 - len(line); room > 0 {
			line = append(line, part[:min(room, len(part))]...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}
