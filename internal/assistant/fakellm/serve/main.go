// Command serve runs the stand-in for a language model on this computer, to try the assistant by hand: serve [ADDRESS].
package main

import (
	"fmt"
	"net/http"
	"os"
	"time"

	"piata.ro/internal/assistant/fakellm"
)

func main() {
	address := "127.0.0.1:8089"
	if len(os.Args) > 1 {
		address = os.Args[1]
	}
	server := &http.Server{Addr: address, Handler: &fakellm.Server{Script: fakellm.Demo}, ReadHeaderTimeout: 5 * time.Second}
	fmt.Println("DEEPSEEK_BASE_URL=http://" + address)
	if err := server.ListenAndServe(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
