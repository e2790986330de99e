#include "data/exports/protobuf.hpp"

#include <doctest/doctest.h>

using namespace maha::data;

TEST_CASE("protobuf: the examples of its documentation") {
  CHECK(ProtobufMessage().integer(1, 150).encoded() == "\x08\x96\x01");
  CHECK(ProtobufMessage().bytes(2, "testing").encoded() == "\x12\x07testing");
  CHECK(ProtobufMessage().message(3, ProtobufMessage().integer(1, 150)).encoded() == "\x1a\x03\x08\x96\x01");
  CHECK(ProtobufMessage().integer(1, -2).encoded() == "\x08\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01");
}

TEST_CASE("protobuf: numbers of fields and lengths beyond a byte; 0 is written too") {
  CHECK(ProtobufMessage().integer(20, 0).encoded() == std::string("\xa0\x01\0", 3));
  const std::string text(300, 'x');
  CHECK(ProtobufMessage().bytes(1, text).encoded() == "\x0a\xac\x02" + text);
}
