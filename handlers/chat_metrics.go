package handlers

import (
	"maps"
	"sync"

	"piata.ro/internal/assistant"
)

// answerCounts counts what the assistant did since the start.
type answerCounts struct {
	mu     sync.Mutex
	ended  map[string]int64 // by "whole" or the kind of failure
	tokens assistant.Tokens
}

func (s *Server) countAnswer(failure *assistant.Failure, tokens assistant.Tokens) {
	how := "whole"
	if failure != nil {
		how = string(failure.Kind)
	}
	s.answered.mu.Lock()
	defer s.answered.mu.Unlock()
	if s.answered.ended == nil {
		s.answered.ended = map[string]int64{}
	}
	s.answered.ended[how]++
	s.answered.tokens.Prompt += tokens.Prompt
	s.answered.tokens.Completion += tokens.Completion
}

// Answers returns how many answers of the assistant ended how, and the tokens that they cost.
func (s *Server) Answers() (ended map[string]int64, tokens assistant.Tokens) {
	s.answered.mu.Lock()
	defer s.answered.mu.Unlock()
	return maps.Clone(s.answered.ended), s.answered.tokens
}
