package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// dropRoot gives DATA_DIR to the user of RUN_AS and becomes that user, where the program was started as root on a volume that is root's.
// Without RUN_AS, or not as root, it does nothing.
func dropRoot(runAs, dataDir string) error {
	if runAs == "" || os.Getuid() != 0 {
		return nil
	}
	id, err := strconv.Atoi(runAs)
	if err != nil || id <= 0 {
		return fmt.Errorf("RUN_AS=%q must be the number of a user, such as 65532", runAs)
	}
	if err := os.MkdirAll(dataDir, 0o750); err != nil {
		return fmt.Errorf("DATA_DIR: %w", err)
	}
	err = filepath.WalkDir(dataDir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, id, id)
	})
	if err != nil {
		return fmt.Errorf("take over DATA_DIR: %w", err)
	}
	if err := syscall.Setgroups(nil); err != nil {
		return fmt.Errorf("drop groups: %w", err)
	}
	if err := syscall.Setgid(id); err != nil {
		return fmt.Errorf("drop root group: %w", err)
	}
	if err := syscall.Setuid(id); err != nil {
		return fmt.Errorf("drop root: %w", err)
	}
	return nil
}
