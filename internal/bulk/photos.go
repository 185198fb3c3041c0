package bulk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
	"piata.ro/models"
)

// Limits of one photo from elsewhere.
const (
	maxPhotoBytes = 15 << 20
	fetchTimeout  = 30 * time.Second
	maxRedirects  = 5
)

// newClient fetches over HTTP only, however a server redirects. Any host is allowed: the operator runs the import and trusts the file.
func newClient() *http.Client {
	return &http.Client{Timeout: fetchTimeout, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects || (r.URL.Scheme != "http" && r.URL.Scheme != "https") {
			return errors.New("too many redirects, or to something else than http")
		}
		return nil
	}}
}

// photos saves the pictures that a row names, separated by spaces. One that fails makes the row bad: an advert that lacks half of its
// pictures would look finished to its owner.
func (im *importer) photos(ctx context.Context, names string) ([]models.Photo, error) {
	list := strings.Fields(names)
	if len(list) > models.MaxPhotos {
		return nil, fmt.Errorf("%s: sunt %d, iar un anunț are cel mult %d", models.FieldPhotos, len(list), models.MaxPhotos)
	}
	photos := make([]models.Photo, 0, len(list))
	for _, name := range list {
		photo, err := im.photo(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("%s: „%s” nu a putut fi folosită: %s", models.FieldPhotos, text.Truncate(name, 200), reason(err))
		}
		photos = append(photos, photo)
	}
	return photos, nil
}

// reason prefers a sentence made for people.
func reason(err error) string {
	if message := apperr.Message(err); message != "" {
		return message
	}
	return err.Error()
}

func (im *importer) photo(ctx context.Context, name string) (models.Photo, error) {
	open := im.openFile
	if scheme, _, found := strings.Cut(name, "://"); found {
		if scheme = strings.ToLower(scheme); scheme != "http" && scheme != "https" {
			return models.Photo{}, errors.New("adresele încep cu http:// sau https://")
		}
		open = im.fetch
	}
	ctx, cancel := context.WithTimeout(ctx, 2*fetchTimeout)
	defer cancel()
	body, err := open(ctx, name)
	if err != nil {
		return models.Photo{}, err
	}
	defer func() { _ = body.Close() }()
	limited := &io.LimitedReader{R: body, N: maxPhotoBytes + 1}
	photo, err := im.SavePhoto(ctx, limited)
	if limited.N == 0 {
		return models.Photo{}, errors.New("are peste 15 MB")
	}
	return photo, err
}

// openFile opens a picture beside the CSV file, or wherever its path says. Pipes and devices could be read for ever and are refused.
func (im *importer) openFile(_ context.Context, name string) (io.ReadCloser, error) {
	if !filepath.IsAbs(name) {
		name = filepath.Join(im.BaseDir, name)
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, errors.New("fișierul nu există")
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("nu este un fișier")
	}
	return os.Open(name)
}

func (im *importer) fetch(ctx context.Context, address string) (io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errors.New("adresa nu este bună")
	}
	request.Header.Set("User-Agent", "piata.ro import")
	response, err := im.client.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK || response.ContentLength > maxPhotoBytes {
		_ = response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("serverul a răspuns %d", response.StatusCode)
		}
		return nil, errors.New("are peste 15 MB")
	}
	return response.Body, nil
}
